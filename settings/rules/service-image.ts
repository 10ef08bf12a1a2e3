import { secretLooking } from "../../components/images/secret-looking.ts";
import { eachService } from "./each-service.ts";

/** A build argument that looks like a secret; its value is not shown. */
export const buildArguments = eachService(({ image }, at) => {
  if (image.from !== "build") return [];
  return Object.entries(image.args).filter(([name, value]) => secretLooking(name, value)).map(([name]) => ({
    path: at("image", "args", name),
    wrong: "looks like a secret, and everybody who pulls the image can read its build arguments",
    todo: "name it under image.secrets and mount it with RUN --mount=type=secret",
  }));
});
