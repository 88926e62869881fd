import { mkdirSync, rmSync, readFileSync, writeFileSync, statSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fillInvoices } from './fill-invoices.ts';
import { openStore } from '../src-main/store/open-store.ts';
import { startEngineCore } from '../src-main/engine/engine.ts';
import { threadExport } from '../src-main/engine/exports/thread-export.ts';
import { directClient } from '../src-main/engine/testing/direct-client.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { seededRandom } from '../src-main/lib/random.ts';
import { MAX_IMPORT_PART } from '../src-contract/frames.ts';
const folder = '/tmp/x-measure/data'; rmSync(folder,{recursive:true,force:true}); mkdirSync(folder,{recursive:true});
console.log('fill', JSON.stringify(await fillInvoices(folder, 1_000_000)));
const store = await openStore({ folder, mode: 'threads', log: silentLog, clock: systemClock });
const engine = await startEngineCore({version:'1',dataFolder:folder,env:'dev',nats:null,stockApi:null,demo:{on:false,seed:7},logLevel:'error',overridden:[],batch:{events:1000,lingerMs:5}},
 {store,clock:systemClock,random:seededRandom(7),log:silentLog,runExport:threadExport,crash:(e)=>{throw e;}});
const client = await directClient(engine, systemClock);
async function timed(name: string, work: () => Promise<unknown>) {
  const h = monitorEventLoopDelay({resolution:1}); h.enable(); const t=performance.now(); let most=0; const every=setInterval(()=>{most=Math.max(most,process.memoryUsage().rss)},50);
  let r: unknown; try { r = await work(); } catch (e) { r = String(e); } clearInterval(every); h.disable();
  console.log(name, ((performance.now()-t)/1000).toFixed(1)+'s', 'loop p99', (h.percentile(99)/1e6).toFixed(1), 'max', (h.max/1e6).toFixed(1), 'rss MB', (most/1e6).toFixed(0), JSON.stringify(r).slice(0,160));
}
async function exp(format: 'csv'|'json'|'parquet', sort?: string, filter = {}) {
  const { id } = await client.call('invoices.export', { format, filter, ...(sort ? {sort} : {}) });
  for (;;) { const { items } = await client.call('jobs.list', {}); const j = items.find((x)=>x.id===id)!; if (j.state!=='running') return j; await systemClock.sleep(50); }
}
await timed('csv', () => exp('csv')); 
await timed('json', () => exp('json')); await timed('parquet', () => exp('parquet'));
await timed('csv by state,-due', () => exp('csv', 'state,-due')); await timed('csv gross filtered', () => exp('csv', 'gross', {currency:'EUR'}));
const { id } = await client.call('invoices.export', { format: 'csv', filter: {} });
let text=''; for (;;) { const { items } = await client.call('jobs.list', {}); const j = items.find((x)=>x.id===id)!; if (j.state==='done') { text = readFileSync(`${folder}/exports/${id}.csv`,'utf8').slice(0, 66_000_000); break; } await systemClock.sleep(50); }
text = text.slice(0, text.lastIndexOf('\n'));
const send = async (t: string) => { const { id } = await client.call('import.begin', {name:'x'}); for (let at=0; at<t.length; at+=MAX_IMPORT_PART) await client.call('import.part',{id,text:t.slice(at,at+MAX_IMPORT_PART)}); return id; };
let a=''; await timed('send 66 MB', async () => { a = await send(text); });
await timed('check known', () => client.call('import.check',{id:a})); await client.call('import.drop',{id:a}).catch(console.log);
const fresh = text.replace(/^invoice,/gm,'invoice,X'); let b = await send(fresh);
await timed('check new', () => client.call('import.check',{id:b})); await timed('apply new', () => client.call('import.apply',{id:b}));
client.close(); await engine.stop(); await store.stop(); rmSync(folder,{recursive:true,force:true});
