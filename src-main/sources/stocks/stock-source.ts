import type { StockSource, StockSourceOptions } from './stock-source-options.ts';

export function startStockSource(options: StockSourceOptions): Promise<StockSource> {
  return Promise.reject(new Error(options.api.kind));
}
