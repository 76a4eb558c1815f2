import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSelfSigned } from "#src/webhook/certificates/self-signed.ts";

/** The files of a serving certificate, its key and its CA certificate in one folder. */
export interface CertificateFiles {
  readonly folder: string;
  readonly certificate: string;
  readonly key: string;
  readonly ca: string;
}

/** Writes a new self-signed certificate to a temporary folder, which the caller must remove. */
export async function writeCertificateFiles(): Promise<CertificateFiles> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-bench-"));
  const files = {
    folder,
    certificate: join(folder, "tls.crt"),
    key: join(folder, "tls.key"),
    ca: join(folder, "ca.crt"),
  };
  const { certificate, key, ca } = await makeSelfSigned(new Date());
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key);
  writeFileSync(files.ca, ca);
  return files;
}
