import { valueAt } from "../../../field/index.ts";
import { textAt } from "../../read/index.ts";
import { eachAt, type Finder, type Found, type Keys, portPart } from "./found.ts";

/** The backends of an OpenShift Route. The port is one for all of them: the name of a Service's port, or a number of the containers. */
export const inOpenShiftRoute: Finder = function* (route) {
  const port = portPart(route, [], ["spec", "port", "targetPort"]);
  yield* backendAt(route, ["spec", "to"], port);
  for (const { at } of eachAt(route, ["spec", "alternateBackends"])) yield* backendAt(route, at, port);
};

function* backendAt(route: unknown, at: Keys, port: Pick<Found, "port" | "portKeys">): Generator<Found> {
  const backend = valueAt(route, at);
  const service = textAt(backend, ["name"]);
  if (service === undefined || (textAt(backend, ["kind"]) ?? "Service") !== "Service") return;
  yield { keys: [...at, "name"], to: { service }, ...port };
}
