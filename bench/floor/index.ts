import { readFileSync } from "node:fs";
import { ComponentResource, CustomResource } from "@pulumi/pulumi";

/** Sizes in bytes of the inputs to register; a component has none. */
const sizes: { components: number; resources: number[] } = JSON.parse(readFileSync(process.env["SLIPWAY_FLOOR"] ?? "", "utf8"));

class Floor extends CustomResource {}
class FloorComponent extends ComponentResource {}

const namespace = new Floor("kubernetes:core/v1:Namespace", "floor", { apiVersion: "v1", kind: "Namespace", metadata: { name: "floor" } });
for (let index = 0; index < sizes.components; index++) new FloorComponent("floor:index:Component", `component-${index}`);
sizes.resources.forEach((size, index) => {
  new Floor(
    "kubernetes:core/v1:ConfigMap",
    `resource-${index}`,
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: `resource-${index}`, namespace: "floor" }, data: { payload: "x".repeat(size) } },
    { dependsOn: namespace },
  );
});
