/** Places of a node that one root execution of one project holds. The root is empty for actions on their own. */
export interface HeldPlaces {
  readonly project: string;
  readonly root: string;
  readonly n: number;
}

/** What a node may claim beside what it runs. */
export interface Shares {
  readonly held: readonly HeldPlaces[];
  /** Places that one root execution, and one project, may hold. */
  readonly ofRoot: number;
  readonly ofProject: number;
}

/** No limits but the number of places. */
export const UNSHARED: Shares = { held: [], ofRoot: 2 ** 31 - 1, ofProject: 2 ** 31 - 1 };
