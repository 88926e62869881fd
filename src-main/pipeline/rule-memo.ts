import { FAMILY_RULES, type FamilyRule } from './event-families.ts';

/** Finds the rules of subjects; of a run of equal ones the last is found without a look-up. */
export class RuleMemo {
  #subject = '';
  #rule: FamilyRule | undefined = undefined;

  /** The rule of the family with this subject, without its environment; undefined for what the app does not remember. */
  of(subject: string): FamilyRule | undefined {
    if (subject !== this.#subject) {
      this.#subject = subject;
      this.#rule = FAMILY_RULES.get(subject);
    }
    return this.#rule;
  }
}
