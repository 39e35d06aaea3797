package io.taskauth.server.people;

import io.taskauth.admin.AccountOutcome;
import io.taskauth.admin.ImportedAccount;

/** Where accounts are imported to. */
@FunctionalInterface
interface Accounts {
  AccountOutcome add(ImportedAccount account);
}
