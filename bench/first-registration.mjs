// Loaded before the program (node --import): writes the milliseconds from the start of its process to its first registration of a
// resource beyond the stack itself to the file that SLIPWAY_FIRST_REGISTRATION names.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const file = process.env["SLIPWAY_FIRST_REGISTRATION"];
if (file !== undefined && process.argv.some((argument) => argument.endsWith("cmd/run") || argument.includes("cmd/run/"))) {
  const { ResourceMonitorClient } = createRequire(import.meta.url)("@pulumi/pulumi/proto/resource_grpc_pb.js");
  const register = ResourceMonitorClient.prototype.registerResource;
  let seen = false;
  ResourceMonitorClient.prototype.registerResource = function (request, ...rest) {
    if (!seen && request.getType() !== "pulumi:pulumi:Stack") {
      seen = true;
      writeFileSync(file, String(performance.now()));
    }
    return register.call(this, request, ...rest);
  };
}
