import { campaign, type CampaignOptions, type CampaignResult } from "../campaign.ts";
import type { Target, TargetName } from "../target.ts";
import { httpTarget } from "./http.ts";
import { policyTarget } from "./policy.ts";
import { reviewTarget } from "./review.ts";
import { serviceTarget } from "./service.ts";
import { textTarget } from "./text.ts";

/** A target with the type of its cases hidden. */
export interface Player {
  /** Runs one kept case. @throws Broken, or Error if it is not a case of the target */
  readonly replay: (input: unknown) => Promise<void>;
  readonly campaign: (options: CampaignOptions) => Promise<CampaignResult>;
  readonly close: () => Promise<void>;
}

/** A change to a target before it runs. */
type Change = <C>(target: Target<C>) => Target<C>;

const PLAYERS: Readonly<Record<TargetName, (change: Change) => Player>> = {
  http: (change) => playerOf(change(httpTarget())),
  review: (change) => playerOf(change(reviewTarget())),
  service: (change) => playerOf(change(serviceTarget())),
  text: (change) => playerOf(change(textTarget())),
  policy: (change) => playerOf(change(policyTarget())),
};

/** The target of that name as a player. */
export function playerNamed(name: TargetName, change: Change = (target) => target): Player {
  return PLAYERS[name](change);
}

/** Any target as a player. */
export function playerOf<C>(target: Target<C>): Player {
  return {
    replay: async (input) => {
      if (!target.isCase(input)) throw new Error(`no case of ${target.name}: ${JSON.stringify(input).slice(0, 200)}`);
      await target.check(input);
    },
    campaign: (options) => campaign(target, options),
    close: async () => {
      await target.close?.();
    },
  };
}
