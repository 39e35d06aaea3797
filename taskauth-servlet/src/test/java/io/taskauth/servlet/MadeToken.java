package io.taskauth.servlet;

/** A personal access token that a user has made. */
record MadeToken(String id, String secret) {}
