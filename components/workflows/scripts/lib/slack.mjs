// Slack's incoming webhooks. Texts of others stay texts: no mention, no link, no markup.
import { request } from "./http.mjs";

const COLOURS = { success: "#2eb67d", failure: "#e01e5a" };
const LONGEST_FIELD = 2000;

/** The message about one operation; `fields` are pairs of name and value. */
export function slackMessage({ status, title, fields, runUrl }) {
  const block = (text) => ({ type: "section", text: { type: "plain_text", text: text.slice(0, LONGEST_FIELD), emoji: false } });
  const details = fields.map(([name, value]) => `${name}: ${value}`).join("\n");
  return {
    text: escaped(title),
    attachments: [
      {
        color: COLOURS[status] ?? "#ecb22e",
        fallback: escaped(title),
        blocks: [
          block(title),
          ...(details === "" ? [] : [block(details)]),
          { type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "Open the run" }, url: runUrl }] },
        ],
      },
    ],
  };
}

/** Sends it; the error never names the webhook, whose address is the secret. */
export async function sendToSlack(webhook, message) {
  const { status, text } = await request(webhook, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(message) }, "Slack");
  if (status >= 300) throw new Error(`Slack answered ${status}: ${text.slice(0, 80)}`);
}

// In `text` Slack reads <!channel>, <@user> and <url>: the three characters are all that it asks to escape.
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
