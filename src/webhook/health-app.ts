import express, { type Express, type Request, type Response } from "express";
import type { Metrics } from "./metrics/index.ts";
import type { Readiness } from "./readiness.ts";

/** Serves `/healthz` and `/readyz` for probes and, if metrics are given, `/metrics`. */
export function healthApp(readiness: Readiness, metrics?: Metrics): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.get("/healthz", (_request, response) => {
    sendText(response, 200, "ok");
  });
  app.get("/readyz", (_request, response) => {
    const reasons = readiness.reasons();
    if (reasons.length === 0) sendText(response, 200, "ready");
    else sendText(response, 503, reasons.map((reason) => `not ready: ${reason}`).join("\n"));
  });
  if (metrics !== undefined) {
    app.get("/metrics", async (_request, response) => {
      response.setHeader("Content-Type", metrics.contentType);
      response.send(await metrics.text());
    });
  }
  app.use((request: Request, response: Response) => {
    sendText(response, 404, `nothing here: ${request.method} ${request.path}`);
  });
  return app;
}

function sendText(response: Response, status: number, text: string): void {
  response.status(status).type("text/plain").send(`${text}\n`);
}
