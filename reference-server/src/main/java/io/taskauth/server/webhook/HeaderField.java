package io.taskauth.server.webhook;

/**
 * A header in the form; its value is never shown again.
 *
 * @param kept whether there is a value, which stays if no other is typed
 */
public record HeaderField(String name, boolean kept) {}
