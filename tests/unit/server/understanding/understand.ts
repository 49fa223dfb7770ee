import {
  createUnderstander,
  witsOf,
  type Knowledge,
  type UnderstandingInput,
} from '../../../../server/src/understanding';
import { articles, segmenter, synonyms } from '../../../support/knowledge';
import { shippedModels } from '../../../support/models';
import { serviceWords } from '../../../../server/src/seed/knowledge';
import { catalogue } from '../../../../server/src/seed/services/catalogue';

/** A village as the directory knows it: two alleys sound alike, one name is borne twice. */
export const knowledge: Knowledge = {
  places: [
    { areaId: 'lg', name: '柳沟村', kind: 'village' },
    { areaId: 'lg03-hs', name: '槐树胡同', kind: 'alley' },
    { areaId: 'lg02-ys', name: '榆树胡同', kind: 'alley' },
    { areaId: 'lg01-dt', name: '东头胡同', kind: 'alley' },
    { areaId: 'a-ct', name: '祠堂胡同', kind: 'alley' },
    { areaId: 'b-ct', name: '祠堂胡同', kind: 'alley' },
  ],
  staff: [
    { personId: 'wang', name: '王秀兰', role: 'alleyChief', callName: '王婶' },
    { personId: 'liming', name: '李明', role: 'gridWorker', callName: '李明' },
    { personId: 'liu', name: '刘建设', role: 'unitStaff', callName: '刘建设' },
  ],
  services: catalogue.map((b) => ({
    serviceId: b.id,
    name: b.name,
    words: serviceWords[b.id] ?? [],
  })),
  articles,
  synonyms,
};

/** As it runs: rules and the models that come with the product. */
export const understander = createUnderstander(knowledge, witsOf(shippedModels()), segmenter);
export const now = new Date('2026-07-16T18:01:00+08:00');

/** What a message is understood as; everything but the text may be left out. */
export const understand = (text: string, more: Partial<UnderstandingInput> = {}) =>
  understander.understand({
    text,
    hasPhoto: false,
    hasVoice: false,
    hasLocation: false,
    openCases: [],
    reporter: { elder: false },
    now,
    ...more,
  });

/** The first and most urgent matter of a message. */
export const first = (text: string, more: Partial<UnderstandingInput> = {}) =>
  understand(text, more).matters[0]!;
