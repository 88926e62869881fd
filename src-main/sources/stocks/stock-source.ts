import type { StockSource, StockSourceOptions } from './stock-source-options.ts';

export function startStockSource(options: StockSourceOptions): StockSource {
  throw new Error(options.api.kind);
}
