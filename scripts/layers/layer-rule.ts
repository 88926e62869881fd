/** A regular expression over repository-relative paths, or several of which one must match. */
export type PathPattern = string | string[];

/** One forbidden import; the subset of dependency-cruiser's rules that lint can judge from one import too. */
export interface LayerRule {
  readonly name: string;
  /** What the person who broke the rule reads. */
  readonly comment: string;
  readonly severity: 'error';
  readonly from: { readonly path?: PathPattern; readonly pathNot?: PathPattern };
  readonly to: {
    readonly path?: PathPattern;
    readonly pathNot?: PathPattern;
    /** Matches Node's own modules only. */
    readonly dependencyTypes?: ['core'];
    /** Matches an import that leads back to its importer; only the whole tree shows that. */
    readonly circular?: true;
  };
}
