/**
 * A store in Redis or Valkey.
 *
 * <p><b>Where things are.</b> All that an account has is in one slot of its own: its row, sessions,
 * access tokens and secrets. Each verb about them is one script there, so a look-up is one round
 * trip to one server, and a cluster spreads the accounts. What must be decided about all accounts
 * at once is in one other slot: whose a name or an identity is, who is an administrator, how many
 * there are. Service accounts, which are no users and few, have one slot together, and so has work:
 * whoever ends a piece knows its id only, and limits count what runs under several names.
 *
 * <p><b>Changes of accounts</b> concern both. The slot of all accounts decides, and in the same
 * step writes down an <em>intent</em>; the account's slot carries it out; the intent is taken off;
 * the caller is answered. So:
 *
 * <ul>
 *   <li>A process that dies before the decision has changed nothing. One that dies after it has
 *       told nobody of a success, and whoever comes to the account next carries the whole change
 *       out: a further change, a look for a missing account or name, the sweeper, {@code
 *       migrate()}.
 *   <li>Two changes of one account follow each other: a decision is refused while an intent is
 *       pending, and where the row that it was made about is no longer the one decided last.
 *       Whoever is refused completes, reads and asks again.
 *   <li>Carrying out twice, or late, does nothing: each change of a row has a number, and a deleted
 *       account leaves its number behind for a day.
 *   <li>A sign-in, a new password or a stronger hash meets a change in the account's slot, one
 *       before the other. They write other fields, so neither undoes the other. A session or a
 *       token that is made between the decision to close an account and its execution ends with the
 *       latter, before anybody was told that the account is closed; one that comes after it finds
 *       the epoch raised, or no session.
 *   <li>A secret or a token is listed (when it ends, whose it is) before it is made. What a crash
 *       leaves of that is an entry without a thing, which readers skip and sweepers remove.
 *   <li>Whose an identity is, the slot of all accounts alone says. Taking one off is a change of
 *       the account: its execution raises the epoch and ends the sessions that were opened through
 *       it, so a sign-in under way meets it as it meets a closing. Whoever looks an account up by
 *       an identity looks again whether it still has it once the epoch is read.
 *   <li>What a provider may end is listed by what the provider calls it before it is opened, spread
 *       over slots of their own. A provider's logout looks at each session that it finds there.
 *   <li>The first password of an invited account is noted in the slot of all accounts afterwards.
 *       In between an administrator does not count yet, which refuses too much and never too
 *       little; and before anybody is refused for being the last administrator, those are looked at
 *       again.
 * </ul>
 *
 * <p><b>While a cluster moves a slot</b>, keys of one account may be on two servers. The key that
 * each script declares is none that exists, so the server that gives them away refuses scripts as
 * long as it does (with {@code ASK}), and the refusal is not followed: a step waits, or fails and
 * says so, and never sees half of an account.
 *
 * <p><b>Time</b> is what the caller says. Only garbage is left to Redis and its clock: what nobody
 * has swept an hour after its end.
 *
 * <p><b>What is told.</b> The script that makes a change publishes it, so it is told if and only if
 * it was made. See {@link io.taskauth.store.redis.FeedLink} for how a node knows that it heard
 * everything.
 */
@NullMarked
package io.taskauth.store.redis;

import org.jspecify.annotations.NullMarked;
