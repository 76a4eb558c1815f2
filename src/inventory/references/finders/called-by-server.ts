import { valueAt } from "../../../field/index.ts";
import { textAt } from "../../read/index.ts";
import { eachAt, type Finder, type Found, type Keys, namespacePart, portPart } from "./found.ts";

/** The port of all Services that the API server calls, if none is written. */
const DEFAULT_PORT = 443;

/** The Service that serves an API group; none if the API server does so itself. */
export const inApiService: Finder = (api) => serviceAt(api, ["spec", "service"]);

/** The Services that admission webhooks call; one that is called by its URL names none. */
export const inWebhooks: Finder = function* (configuration) {
  for (const { at } of eachAt(configuration, ["webhooks"]))
    yield* serviceAt(configuration, [...at, "clientConfig", "service"]);
};

/** Where the versions of CustomResourceDefinition say what converts objects. */
const CONVERSIONS: readonly Keys[] = [
  ["webhook", "clientConfig", "service"],
  ["webhookClientConfig", "service"],
];

/** The Service that converts the objects of a definition. */
export const inDefinition: Finder = function* (definition) {
  const at = ["spec", "conversion"];
  if (textAt(definition, [...at, "strategy"]) !== "Webhook") return;
  for (const keys of CONVERSIONS) yield* serviceAt(definition, [...at, ...keys]);
};

function* serviceAt(object: unknown, at: Keys): Generator<Found> {
  const item = valueAt(object, at);
  const service = textAt(item, ["name"]);
  if (service === undefined) return;
  const port = portPart(item, at, ["port"]);
  const to = { service, ...namespacePart(item, "namespace") };
  yield { keys: [...at, "name"], to, port: DEFAULT_PORT, ...port };
}
