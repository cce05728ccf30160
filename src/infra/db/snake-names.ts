import { DefaultNamingStrategy } from 'typeorm';

export const snake = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** Properties are camelCase, columns snake_case: nobody writes a name twice. */
export class SnakeNames extends DefaultNamingStrategy {
  override columnName(property: string, given: string | undefined, prefixes: string[]): string {
    return [...prefixes.map(snake), given ?? snake(property)].join('_');
  }

  override joinColumnName(relation: string, column: string): string {
    return `${snake(relation)}_${snake(column)}`;
  }
}
