import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { objectOf, objectsAt, textAt, textsAt } from "#src/cluster/api/kubernetes-api.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import type { Outcome } from "../process.ts";
import { numberAt } from "./objects.ts";

/** What a probe needs of its container. */
export interface Probed {
  readonly address: string;
  readonly container: JsonObject;
  /** Runs a command inside. */
  exec(command: readonly string[], signal: AbortSignal): Promise<Outcome>;
}

/**
 * Runs a probe at its times until the signal comes, and tells its first result and each change, by its thresholds.
 */
export async function probe(
  probed: Probed,
  settings: JsonObject,
  tell: (succeeded: boolean, why: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const period = numberAt(settings, 10, "periodSeconds") * 1000;
  const thresholds = [numberAt(settings, 3, "failureThreshold"), numberAt(settings, 1, "successThreshold")] as const;
  let state: boolean | undefined;
  let last: boolean | undefined;
  let streak = 0;
  await pause(numberAt(settings, 0, "initialDelaySeconds") * 1000, undefined, { signal }).catch(() => undefined);
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const why = await attempt(probed, settings, signal);
    if (isOver()) return;
    const succeeded = why === undefined;
    streak = succeeded === last ? streak + 1 : 1;
    last = succeeded;
    if (succeeded !== state && streak >= thresholds[succeeded ? 1 : 0]) {
      state = succeeded;
      tell(state, why ?? "");
    }
    await pause(period, undefined, { signal }).catch(() => undefined);
  }
}

/** Probes once. Returns what went wrong; undefined if nothing did. */
async function attempt(probed: Probed, settings: JsonObject, ended: AbortSignal): Promise<string | undefined> {
  const seconds = numberAt(settings, 1, "timeoutSeconds");
  const signal = AbortSignal.any([ended, AbortSignal.timeout(seconds * 1000)]);
  try {
    if (valueAt(settings, ["exec"]) !== undefined) {
      const { code, stderr } = await probed.exec(textsAt(settings, "exec", "command"), signal);
      return code === 0 ? undefined : `the command ended with ${String(code)}: ${stderr}`;
    }
    if (valueAt(settings, ["tcpSocket"]) !== undefined) {
      await connects(probed, settings, signal);
      return undefined;
    }
    return await get(probed, objectOf(valueAt(settings, ["httpGet"])), signal);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function connects(probed: Probed, settings: JsonObject, signal: AbortSignal): Promise<void> {
  const where = { host: probed.address, port: portOf(probed.container, valueAt(settings, ["tcpSocket", "port"])) };
  const socket = connect({ ...where, signal });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.destroy();
}

/** Asks over HTTP. As for a kubelet, any answer from 200 to 399 is a good one, and a certificate is not verified. */
export function get(probed: Probed, action: JsonObject, signal: AbortSignal): Promise<string | undefined> {
  const options = {
    host: textAt(action, "host") ?? probed.address,
    port: portOf(probed.container, action.port),
    path: textAt(action, "path") ?? "/",
    headers: Object.fromEntries(
      objectsAt(action, "httpHeaders").map((header) => [textAt(header, "name") ?? "", textAt(header, "value") ?? ""]),
    ),
    agent: false,
    signal,
  };
  return new Promise((resolve, reject) => {
    const ask =
      textAt(action, "scheme") === "HTTPS"
        ? requestTls({ ...options, rejectUnauthorized: false })
        : requestPlain(options);
    ask.on("error", reject).on("response", (answer) => {
      const chunks: string[] = [];
      answer
        .setEncoding("utf8")
        .on("data", (chunk: string) => chunks.push(chunk))
        .on("error", reject)
        .on("end", () => {
          const status = answer.statusCode ?? 0;
          resolve(
            status >= 200 && status < 400
              ? undefined
              : `HTTP probe failed with statuscode: ${status}: ${chunks.join("").slice(0, 500)}`,
          );
        });
    });
    ask.end();
  });
}

/** The number of a port that is given by number or by the name it has in the container. */
export function portOf(container: JsonObject, port: unknown): number {
  if (typeof port === "number") return port;
  const named = objectsAt(container, "ports").find(({ name }) => name === port);
  return numberAt(named, Number(port), "containerPort");
}
