import { comparedCost, type Route } from './network.js';

/**
 * Shares calls among routes of equal prefix, priority and cost by their weights; everything else keeps its order. `dice`
 * (0 <= dice < 1) is the call's own chance, so that the decision stays a function of its facts.
 * Weighted order without replacement: the route whose slice of the weights the dice hits comes first, then again.
 */
export function spread(routes: readonly Route[], dice: number): readonly Route[] {
  const groups = groupsOfEquals(routes);
  return groups.flatMap((group) => (group.length === 1 ? group : byWeight(group, dice)));
}

function groupsOfEquals(routes: readonly Route[]): readonly (readonly Route[])[] {
  const groups: Route[][] = [];
  for (const route of routes) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && equals(last[0], route)) last.push(route);
    else groups.push([route]);
  }
  return groups;
}

const equals = (a: Route, b: Route): boolean =>
  a.prefix === b.prefix && a.priority === b.priority && comparedCost(a) === comparedCost(b);

function byWeight(group: readonly Route[], dice: number): readonly Route[] {
  if (group.length < 2) return group;
  const hit = hitBy(group, dice);
  // Another fraction of the same dice decides among the rest; the factor only has to be no whole number.
  const again = (dice * 7.389) % 1;
  return [
    hit,
    ...byWeight(
      group.filter((route) => route !== hit),
      again,
    ),
  ];
}

/** The route in whose slice of the summed weights the dice falls. */
function hitBy(group: readonly Route[], dice: number): Route {
  let left = dice * group.reduce((sum, route) => sum + route.weight, 0);
  for (const route of group) {
    left -= route.weight;
    if (left < 0) return route;
  }
  return group[0] as Route;
}
