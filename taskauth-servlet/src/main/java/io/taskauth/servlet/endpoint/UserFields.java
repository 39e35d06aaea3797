package io.taskauth.servlet.endpoint;

/** What stands in the fields of an account that can be edited. */
public record UserFields(String displayName, String email, String role) {}
