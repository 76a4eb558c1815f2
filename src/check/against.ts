import { judge } from "../engine.ts";
import { isObject, valueAt } from "../field/json.ts";
import type { JsonObject } from "../field/json.ts";
import { NO_POLICIES } from "../policy/types.ts";
import { readText } from "../text/index.ts";
import { identityOf } from "./identity.ts";
import { manifestsOf } from "./manifests.ts";
import type { Settings } from "./settings.ts";

/** One Service as it was: plain data, so that a worker thread can be given it. */
export interface OldService {
  readonly object: JsonObject;
  /** JSON pointers of values that the server picked and nobody knows. */
  readonly allocated: readonly string[];
}

/** The state before, by `namespace/name`. */
export type OldServices = ReadonlyMap<string, OldService>;

/** One text of the state before. */
export interface OldText {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads the state before from manifests: exported from a cluster they are taken as they are, written by hand they are
 * what the server would have stored.
 * @param complain told of each text with something in it that cannot be read, in one sentence
 */
export function readOldServices(
  texts: Iterable<OldText>,
  settings: Settings,
  complain: (sentence: string) => void,
): OldServices {
  const services = new Map<string, OldService>();
  for (const { file, text } of texts) {
    const { documents, problems } = readText(text, { format: "auto" });
    const [problem] = problems;
    if (problem !== undefined) {
      complain(`${file}:${problem.region.startLine}: the state before cannot be read: ${problem.message}`);
    }
    for (const document of documents) {
      for (const manifest of manifestsOf(document, false)) {
        if (manifest.type !== "service") continue;
        const { namespace, name } = identityOf(manifest.value, settings.namespace);
        services.set(`${namespace}/${name}`, storedService(manifest.value, namespace, settings));
      }
    }
  }
  return services;
}

function storedService(given: unknown, namespace: string, settings: Settings): OldService {
  const isExported = valueAt(given, ["metadata", "uid"]) ?? valueAt(given, ["metadata", "resourceVersion"]);
  if (isObject(given) && isExported !== undefined) return { object: given, allocated: [] };
  const { stored, admitted, allocated } = judge({
    operation: "create",
    object: given,
    dryRun: true,
    fieldValidation: "Ignore",
    cluster: settings.cluster,
    version: settings.version,
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace, today: settings.today },
  });
  const object: unknown = stored ?? admitted ?? given;
  return { object: isObject(object) ? object : {}, allocated: stored === undefined ? [] : allocated };
}
