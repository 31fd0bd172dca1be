/** For whom code runs; texts that tell one from another. */
export interface Turn {
  readonly project: string;
  /** Root execution; empty for actions on their own. */
  readonly root: string;
}

/** What waits, by turns: first the projects go round, then the root executions of each. */
export class TurnQueue<T> {
  private readonly projects = new Map<string, Map<string, T[]>>();

  add({ project, root }: Turn, item: T): void {
    const roots = this.projects.get(project) ?? new Map<string, T[]>();
    this.projects.set(project, roots);
    const items = roots.get(root);
    if (items === undefined) roots.set(root, [item]);
    else items.push(item);
  }

  /** The next item, of a project that may have one; undefined when there is none. */
  take(mayHave: (project: string) => boolean): T | undefined {
    for (const [project, roots] of this.projects) {
      if (!mayHave(project)) continue;
      this.projects.delete(project);
      const [next] = roots;
      if (next === undefined) continue;
      const [root, [item, ...others]] = next;
      roots.delete(root);
      if (others.length > 0) roots.set(root, others);
      if (roots.size > 0) this.projects.set(project, roots);
      return item;
    }
    return undefined;
  }

  remove({ project, root }: Turn, item: T): void {
    const roots = this.projects.get(project);
    const left = (roots?.get(root) ?? []).filter((other) => other !== item);
    if (left.length > 0) roots?.set(root, left);
    else roots?.delete(root);
    if (roots?.size === 0) this.projects.delete(project);
  }
}
