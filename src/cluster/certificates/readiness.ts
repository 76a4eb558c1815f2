import type { ServingPair } from "../../sources/index.ts";
import { inspectPair, problemsOf } from "./inspect.ts";
import type { WebhookConfigurations } from "./webhook-configurations.ts";

/**
 * Why the API server would not get through to this replica, in words; undefined if it would: every entry of the
 * registration must trust the pair that is served, for every host.
 */
export function reasonNotTrusted(
  pair: ServingPair,
  hosts: readonly string[],
  registered: WebhookConfigurations,
  now: Date,
): string | undefined {
  if (registered.missing.length > 0)
    return `the API server does not call this server: ${registered.missing.join("; ")}`;
  for (const { name, bundle } of registered.entries) {
    const problems = problemsOf(inspectPair(pair, { hosts, trusted: bundle, now }));
    if (problems.length > 0) return `the API server would not trust this server for ${name}: ${problems.join("; ")}`;
  }
  return undefined;
}
