// What whoever rolls back has said; every script of the rollback reads it the same way.
import { input } from "./actions.mjs";
import { deprecation } from "./channels.mjs";
import { PACKAGE, VERSION } from "./npm.mjs";

/** `{ name, channel, rollback, restore, reason, message }` */
export function rollbackInput() {
  const name = input("PACKAGE", PACKAGE, "the name of an npm package");
  const channel = input("CHANNEL", /^(canary|beta|latest)$/, "canary, beta or latest");
  const rollback = input("ROLLBACK_VERSION", VERSION, "a version such as 1.2.3");
  const restore = input("RESTORE_VERSION", VERSION, "a version such as 1.2.2");
  const reason = input("REASON", /^(?=.*\S)[^\p{Cc}]{1,300}$/u, "a reason in one line of at most 300 characters").trim().replace(/\.$/, "");
  return { name, channel, rollback, restore, reason, message: deprecation({ reason, restore }) };
}
