import * as z from "zod";
import type { Notify } from "../../../components/workflows/notify.ts";
import { labelName } from "../repository-scalars.ts";
import { actionsName, email as address, hostName, portNumber } from "../scalars.ts";

const email = z.strictObject({
  server: hostName.describe("The mail server"),
  port: portNumber.default(465).describe("Its port; 465 speaks TLS from the first byte"),
  from: address.describe("Who writes"),
  to: z.array(address).min(1, "names nobody; write at least one address").describe("Who reads"),
  username: actionsName.default("SMTP_USERNAME").describe("Secret with the account's name"),
  password: actionsName.default("SMTP_PASSWORD").describe("Secret with its password"),
});

/** Who hears how an operation ended; `{}` leaves the run's summary alone. */
export const notify = z.strictObject({
  slack: actionsName.optional().describe("Secret with the address of a Slack webhook"),
  issueLabel: labelName.optional().describe("Label of the issue that a failure opens and the next success closes"),
  email: email.optional().describe("Letters on failures"),
}) satisfies z.ZodType<Notify>;
