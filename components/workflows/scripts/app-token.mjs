// Makes a token of a GitHub App for this repository's owner; it lives an hour. The App's key never leaves the environment that holds it.
import { createSign } from "node:crypto";
import { fail, input, setOutput } from "./lib/actions.mjs";
import { api, repo } from "./lib/github.mjs";

const id = input("APP_ID", /^\d{1,20}$/, "the number of a GitHub App, which its settings show");
const key = process.env.APP_KEY ?? "";
if (!key.includes("PRIVATE KEY")) fail("APP_KEY: is no private key of a GitHub App; make one in its settings and keep it in the environment's secret SLIPWAY_APP_KEY");

// GitHub refuses a claim that is ahead of its own clock, and one of more than ten minutes.
const now = Math.floor(Date.now() / 1000);
process.env.GITHUB_TOKEN = signed({ iat: now - 60, exp: now + 540, iss: id });
const installation = await api("GET", `${repo()}/installation`).catch((error) => fail(`GitHub App ${id}: is not installed for ${process.env.GITHUB_REPOSITORY}, got ${error.message}; install it there`));
const { token } = await api("POST", `/app/installations/${installation.id}/access_tokens`);
console.log(`::add-mask::${token}`);
setOutput("token", token);

function signed(claims) {
  const text = [{ alg: "RS256", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  try {
    return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
  } catch {
    return fail("APP_KEY: cannot be read as a private key; copy the whole file, its first and last line included");
  }
}
