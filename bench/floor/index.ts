import { readFileSync } from "node:fs";
import { ComponentResource, CustomResource, secret } from "@pulumi/pulumi";
import type { Resource } from "@pulumi/pulumi";
import type { Registered } from "../registered.ts";

/** What the measured stack registered, in its order. */
const registered: Registered[] = JSON.parse(readFileSync(process.env["SLIPWAY_FLOOR"] ?? "", "utf8"));

class Floor extends CustomResource {}
class FloorComponent extends ComponentResource {}

const made: Resource[] = [];
for (const { type, name, inputs, secrets, dependencies } of registered) {
  const dependsOn = dependencies.flatMap((index) => made[index] ?? []);
  const known = Object.fromEntries(Object.entries(inputs ?? {}).map(([key, value]) => [key, secrets.includes(key) ? secret(value) : value]));
  made.push(inputs === undefined ? new FloorComponent(type, name, {}, { dependsOn }) : new Floor(type, name, known, { dependsOn }));
}
