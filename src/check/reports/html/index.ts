import type { CheckedService, CheckFinding, Reporter } from "../../types.ts";
import type { ReporterOptions } from "../options.ts";
import type { PlacedFinding } from "./finding.ts";
import { page } from "./page.ts";
import type { PlacedService } from "./service.ts";

/**
 * One HTML page that needs nothing else: no request goes out, and nothing in it runs but its own script. It is
 * collected and written at the end, since its head says what the run amounted to.
 */
export function createHtmlReporter(options: ReporterOptions): Reporter {
  const findings: CheckFinding[] = [];
  const services: CheckedService[] = [];
  return {
    finding: (finding) => {
      findings.push(finding);
      return "";
    },
    service: (service) => {
      services.push(service);
      return "";
    },
    end: (summary) => page({ ...placed(findings, services), summary, options }).text,
  };
}

interface Owner extends PlacedService {
  readonly findings: PlacedFinding[];
}

/** Gives everything its place on the page, and each Service the findings that stand in its text. */
function placed(
  findings: readonly CheckFinding[],
  services: readonly CheckedService[],
): { readonly findings: readonly PlacedFinding[]; readonly services: readonly PlacedService[] } {
  const owners = new Map<string, Owner[]>();
  const placedServices = services.map((service, index) => {
    const owner: Owner = { id: `service-${index + 1}`, service, findings: [] };
    const key = keyOf(service.file, service);
    const namesakes = owners.get(key);
    if (namesakes === undefined) owners.set(key, [owner]);
    else namesakes.push(owner);
    return owner;
  });
  const placedFindings = findings.map((finding, index): PlacedFinding => {
    const namesakes = finding.service && owners.get(keyOf(finding.file, finding.service));
    const owner = namesakes && ownerOf(namesakes, finding);
    const entry = { id: `finding-${index + 1}`, finding, serviceId: owner?.id };
    owner?.findings.push(entry);
    return entry;
  });
  return { findings: placedFindings, services: placedServices };
}

function keyOf(file: string, { namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return JSON.stringify([file, namespace, name]);
}

/** Namesakes stand in the order of the file, one behind the other. */
function ownerOf(namesakes: readonly Owner[], finding: CheckFinding): Owner | undefined {
  let [low, high] = [0, namesakes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = namesakes[middle];
    if (candidate !== undefined && candidate.service.region.endLine < finding.region.startLine) low = middle + 1;
    else high = middle;
  }
  // A Service may end on the line on which the next begins.
  return namesakes.slice(low, low + 2).find(({ service }) => covers(service, finding));
}

function covers({ region }: CheckedService, finding: CheckFinding): boolean {
  return region.startLine <= finding.region.startLine && finding.region.startLine <= region.endLine;
}
