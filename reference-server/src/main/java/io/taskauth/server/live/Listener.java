package io.taskauth.server.live;

import io.taskauth.live.LiveConnection;

/** A connection that is told what happens. None of the methods waits for the other side. */
interface Listener extends LiveConnection {
  Audience audience();

  /** Whether it shows how the process is. */
  boolean wantsProcess();

  void on(LiveEvent event);

  /** Every ten seconds: shows the other side, and everything between, that this one lives. */
  void beat();
}
