import { cruiseOptions } from './scripts/layers/cruise-options.ts';
import { layerRules } from './scripts/layers/layer-rules.ts';

export default { forbidden: layerRules, options: cruiseOptions };
