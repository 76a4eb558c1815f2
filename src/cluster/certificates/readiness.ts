import type { ServingPair } from "../../sources/index.ts";
import { inspectPair, problemsOf } from "./inspect.ts";
import type { WebhookConfigurations } from "./webhook-configurations.ts";

/**
 * Why the API server could not call this replica, in words; undefined if it could: every webhook of the configurations
 * must trust the serving pair, for every host.
 */
export function reasonNotTrusted(
  pair: ServingPair,
  hosts: readonly string[],
  configurations: WebhookConfigurations,
  now: Date,
): string | undefined {
  if (configurations.missing.length > 0)
    return `the API server does not call this server: ${configurations.missing.join("; ")}`;
  for (const { name, caBundle } of configurations.webhooks) {
    const problems = problemsOf(inspectPair(pair, { hosts, trusted: caBundle, now }));
    if (problems.length > 0) return `the API server would not trust this server for ${name}: ${problems.join("; ")}`;
  }
  return undefined;
}
