import type { RequestListener, ServerResponse } from "node:http";
import type { Metrics } from "./metrics/index.ts";
import type { Readiness } from "./readiness.ts";

const TEXT = "text/plain; charset=utf-8";

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Serves `/healthz` and `/readyz` for probes and, if metrics are given, `/metrics`. By hand: to load Express takes a quarter
 * of the time in which the server is ready.
 */
export function healthApp(readiness: Readiness, metrics?: Metrics): RequestListener {
  const pages = new Map<string, () => Page | Promise<Page>>([
    ["/healthz", () => textPage(200, "ok")],
    ["/readyz", () => readyPage(readiness.reasons())],
  ]);
  if (metrics !== undefined) {
    pages.set("/metrics", async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }));
  }
  return (request, response) => {
    const { method = "GET", url = "/" } = request;
    const [path = "/"] = url.split("?", 1);
    const page = method === "GET" || method === "HEAD" ? pages.get(routeOf(path)) : undefined;
    if (page === undefined) send(response, textPage(404, `nothing here: ${method} ${path}`));
    else void sendPage(response, page);
  };
}

/** Paths are compared without regard to case and to a slash at the end. */
function routeOf(path: string): string {
  return path.toLowerCase().replace(/\/$/, "");
}

function readyPage(reasons: readonly string[]): Page {
  if (reasons.length === 0) return textPage(200, "ready");
  return textPage(503, reasons.map((reason) => `not ready: ${reason}`).join("\n"));
}

function textPage(status: number, text: string): Page {
  return { status, type: TEXT, body: `${text}\n` };
}

async function sendPage(response: ServerResponse, page: () => Page | Promise<Page>): Promise<void> {
  try {
    send(response, await page());
  } catch {
    send(response, textPage(500, "internal error"));
  }
}

function send(response: ServerResponse, { status, type, body }: Page): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}
