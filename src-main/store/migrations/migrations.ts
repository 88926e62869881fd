import { journalMigration } from './0001-journal.ts';
import { rejectsAndLedgerMigration } from './0002-rejects-and-ledger.ts';
import { portfoliosMigration } from './0003-portfolios.ts';
import { auditMigration } from './0004-audit.ts';
import { tickersMigration } from './0005-tickers.ts';
import { invoicesMigration } from './0006-invoices.ts';
import { eventsMigration } from './0007-events.ts';
import { journalBlocksMigration } from './0008-journal-blocks.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. A new one goes to the end, in a file of its own. */
export const migrations: readonly Migration[] = [
  journalMigration,
  rejectsAndLedgerMigration,
  portfoliosMigration,
  auditMigration,
  tickersMigration,
  invoicesMigration,
  eventsMigration,
  journalBlocksMigration,
];
