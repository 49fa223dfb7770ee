import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock';
import {
  createArticleSearch,
  createMeaning,
  createTokens,
  createUnderstander,
  type Wits,
} from '../understanding';
import { createSegmenter, type Segmenter } from '../understanding/language/words';
import type {
  Article,
  Knowledge,
  Speech,
  SynonymGroup,
  Understander,
} from '../understanding/types';
import { ArticleDrafts } from './article/drafts';
import { ArticleImporter } from './article/importer';
import { ArticleLists } from './article/lists';
import { defineArticles } from './article/model';
import { ArticlePreview } from './article/preview';
import { QuestionService } from './article/questions';
import { ArticleService } from './article/service';
import type { DirectoryService } from './directory/service';
import type { ServiceService } from './service/service';

export interface LiveUnderstandingDeps {
  directory: DirectoryService;
  /** Asked for late: the service module is built after this one. */
  services: () => ServiceService;
  /** What may be quoted now. */
  articles: () => Promise<Article[]>;
  synonyms: SynonymGroup[];
  segmenter: Segmenter;
  wits: Wits;
  /** The city's own words. */
  speech?: Speech;
}

/**
 * The understanding with the city's own names and articles in it. Built anew when the directory or an
 * article changes; until the first build it knows the language but no names.
 */
export class LiveUnderstanding implements Understander {
  private current: Understander;
  private wits: Wits;
  private articles = new Map<string, Article>();
  private building: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(private readonly deps: LiveUnderstandingDeps) {
    this.wits = deps.wits;
    this.current = this.with({ places: [], staff: [], services: [], articles: [] });
  }

  understand: Understander['understand'] = (input) => this.current.understand(input);

  /** From the next message on another model decides. */
  async decideWith(wits: Wits): Promise<void> {
    this.wits = wits;
    await this.refresh();
  }

  /** The article as it was when the understanding was built. */
  article(id: string): Article | undefined {
    return this.articles.get(id);
  }

  /** Resolves when what was stored before the call is understood; calls in between share one build. */
  refresh(): Promise<void> {
    if (!this.building) {
      this.building = this.build().finally(() => (this.building = undefined));
      return this.building;
    }
    this.next ??= this.building
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.refresh();
      });
    return this.next;
  }

  private with(names: Omit<Knowledge, 'speech' | 'synonyms'>): Understander {
    const { speech, synonyms, segmenter } = this.deps;
    const knowledge = { ...names, synonyms, ...(speech ? { speech } : {}) };
    return createUnderstander(knowledge, this.wits, segmenter);
  }

  private async build(): Promise<void> {
    const { directory } = this.deps;
    const [index, services, landmarks, articles] = await Promise.all([
      directory.staff(),
      this.deps.services().named(),
      directory.landmarks(),
      this.deps.articles(),
    ]);
    this.current = this.with({
      places: [...index.areas.values()].map((a) => ({
        areaId: a._id,
        name: a.name,
        kind: a.kind,
        path: a.path,
      })),
      staff: [...index.people.values()].flatMap((p) => {
        const grant = p.roles.find((g) => g.role !== 'resident' && g.role !== 'volunteer');
        if (!grant) return [];
        const { role, areaPath } = grant;
        return [{ personId: p._id, name: p.name, role, callName: p.callName, areaPath }];
      }),
      services,
      landmarks: landmarks.map((l) => ({
        landmarkId: l._id,
        name: l.name,
        areaId: l.areaId,
        aliases: l.aliases,
      })),
      articles,
    });
    this.articles = new Map(articles.map((a) => [a.id, a]));
  }
}

export interface KnowledgeDeps {
  db: Connection;
  clock: Clock;
  synonyms: SynonymGroup[];
  directory: DirectoryService;
  services: () => ServiceService;
  wits: Wits;
  speech?: Speech;
}

/** The articles with everything that reads and writes them, and the understanding they feed. */
export const buildKnowledge = (deps: KnowledgeDeps) => {
  const { db, clock, synonyms, directory, services } = deps;
  const segmenter = createSegmenter();
  const cut = (text: string): string[] => segmenter.cutForSearch(text);
  const models = defineArticles(db);
  const tokens = createTokens(cut, createMeaning(synonyms));
  const questions = new QuestionService({ db, models, directory, clock, tokens });
  const articles = new ArticleService({ db, models, directory, questions, clock });
  const understander = new LiveUnderstanding({
    directory,
    services,
    articles: () => articles.published(),
    synonyms,
    segmenter,
    wits: deps.wits,
    ...(deps.speech ? { speech: deps.speech } : {}),
  });
  return {
    articles,
    questions,
    understander,
    drafts: new ArticleDrafts({
      db,
      models,
      articles,
      questions,
      directory,
      clock,
      afterPublish: () => understander.refresh(),
    }),
    lists: new ArticleLists({ models, articles, clock }),
    preview: new ArticlePreview({
      articles,
      searchIn: (list) => createArticleSearch(list, { cut, synonyms }),
      clock,
    }),
    importer: new ArticleImporter({ db, models, clock }),
  };
};
