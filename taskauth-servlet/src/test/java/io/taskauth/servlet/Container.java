package io.taskauth.servlet;

/** A running server. */
interface Container {
  int port();

  void stop();
}
