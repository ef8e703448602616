export interface FilterOption {
  value: string;
  label: string;
  /** How many match, where the server says so. */
  count?: number;
}

export interface Filter {
  key: string;
  label: string;
  options: FilterOption[];
  /** Values in force; several mean "any of". */
  values: string[];
}
