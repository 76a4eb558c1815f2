import { readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { errorCode, fileErrorReason } from "../field/index.ts";
import { Unusable } from "../usage/index.ts";

/** The files, by the paths that they are served at. */
const FILES = {
  "/": { name: "index.html", type: "text/html; charset=utf-8" },
  "/THIRD-PARTY-NOTICES.txt": { name: "THIRD-PARTY-NOTICES.txt", type: "text/plain; charset=utf-8" },
} as const;

/** A file as it is sent. */
interface ServedFile {
  readonly type: string;
  readonly content: Buffer;
}

/** The files of the playground, by the paths that they are served at. */
export type ServedFiles = ReadonlyMap<string, ServedFile>;

/** Where the page is, from the folder of the program: as it is built, and as its source is run. */
const FOLDERS = ["playground", "../../dist/playground"] as const;

const HEADERS = {
  // Another version of the program has another page at the same address.
  "cache-control": "no-cache",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // The page says the rest by itself; that no other page may frame it, only a header can say.
  "content-security-policy": "frame-ancestors 'none'",
} as const;

/**
 * Reads the files of the playground.
 * @throws {Unusable} if this installation has none
 */
export async function readPage(): Promise<ServedFiles> {
  for (const folder of FOLDERS) {
    try {
      const entries = Object.entries(FILES).map(async ([path, { name, type }]): Promise<[string, ServedFile]> => [
        path,
        { type, content: await readFile(join(import.meta.dirname, folder, name)) },
      ]);
      return new Map(await Promise.all(entries));
    } catch (error) {
      if (errorCode(error) !== "ENOENT") throw new Unusable(`the page cannot be read: ${fileErrorReason(error)}`);
    }
  }
  throw new Unusable("this installation has no playground: it is made by `npm run build`");
}

/**
 * Serves the files, and nothing else.
 * @param port 0 for any free one
 * @throws {Unusable} if the address cannot be used
 */
export async function servePage(files: ServedFiles, host: string, port: number): Promise<Server> {
  const server = createServer(answering(files));
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      reject(new Unusable(unusableAddress(error, host, port)));
    });
    server.listen(port, host, () => {
      resolve(server);
    });
  });
}

function answering(files: ServedFiles): RequestListener {
  return ({ method, url = "/" }, response) => {
    if (method !== "GET" && method !== "HEAD") {
      response.writeHead(405, { ...HEADERS, allow: "GET, HEAD" }).end();
      return;
    }
    // A proxy's requests name the whole URL.
    const [path = "/"] = url.replace(/^https?:\/\/[^/?]*/i, "").split("?");
    const file = files.get(path === "" || path === "/index.html" ? "/" : path);
    if (file === undefined) {
      response.writeHead(404, { ...HEADERS, "content-type": "text/plain; charset=utf-8" });
      response.end("there is only one page here: /\n");
      return;
    }
    const { type, content } = file;
    response.writeHead(200, { ...HEADERS, "content-type": type, "content-length": content.length });
    response.end(method === "HEAD" ? undefined : content);
  };
}

function unusableAddress(error: Error, host: string, port: number): string {
  const code = errorCode(error);
  if (code === "EADDRINUSE")
    return `port ${port} of ${host} is in use: another program listens there; choose another one with --port, or 0 for any`;
  if (code === "EACCES")
    return `port ${port} needs more rights than this user has: choose one from 1024 on with --port`;
  return `${host} cannot be listened at: ${error.message}; --host takes an address of this machine`;
}
