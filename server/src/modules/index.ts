import type { Connection } from 'mongoose';
import type { Persona } from '@alley-chief/shared/contract';
import { Outcomes } from '../assistant/outcomes';
import { CardRegistry } from '../cards/registry';
import type { Implementations } from '../http/binder';
import type { Viewer } from '../http/viewer';
import type { Clock } from '../kernel/clock';
import type { Logger } from '../kernel/logger';
import { createFieldCrypto } from '../kernel/fieldCrypto';
import type { Secrets } from '../kernel/secrets';
import { noSecondOpinion, type Consult } from '../secondOpinion/consult';
import { witsOf, type UnderstandingModels } from '../understanding';
import type { Speech, SynonymGroup, Understander } from '../understanding/types';
import type { ArticleFields } from '@alley-chief/shared/contract';
import { articleRoutes } from './article/routes';
import { defineBookings } from './booking/model';
import { bookingRoutes } from './booking/routes';
import { BookingService } from './booking/service';
import { EventEffects } from './case/event/effects';
import { EventJoiner } from './case/event/join';
import { Tidings } from './case/event/tidings';
import { EventViews } from './case/event/view';
import { CaseFigures } from './case/figures';
import { CaseLessons } from './case/lessons';
import { CaseLists } from './case/lists';
import { defineCases } from './case/model';
import { CaseNumbers } from './case/numbers';
import { caseRoutes } from './case/routes';
import { CaseRouter } from './case/routing';
import { CaseService } from './case/service';
import { StaffReports } from './case/staffReport';
import { CaseSteps } from './case/steps';
import { Workloads } from './case/workload';
import { ConversationService } from './conversation/service';
import { defineConversations } from './conversation/model';
import { conversationRoutes } from './conversation/routes';
import { Threads } from './conversation/thread';
import { deskRoutes } from './desk/routes';
import { DeskService } from './desk/service';
import { HouseholdThreads } from './inbox/threads';
import { Importer } from './directory/importer';
import { LandmarkService } from './directory/landmarks';
import { defineDirectory } from './directory/model';
import { RosterService } from './directory/roster';
import { directoryRoutes } from './directory/routes';
import { DirectoryService } from './directory/service';
import { fileRoutes } from './file/routes';
import { FileService } from './file/service';
import { defineHelp } from './help/model';
import { helpRoutes } from './help/routes';
import { HelpService } from './help/service';
import { inboxRoutes } from './inbox/routes';
import { InboxService } from './inbox/service';
import { buildKnowledge } from './knowledge';
import { defineLearning } from './learning/model';
import { learningRoutes } from './learning/routes';
import { LearningService } from './learning/service';
import type { Trainer } from './learning/trainer';
import { defineServices } from './service/model';
import { serviceRoutes } from './service/routes';
import { ServiceService } from './service/service';
import { defineSessions } from './session/model';
import { sessionRoutes } from './session/routes';
import { SessionService } from './session/service';
import { Tokens } from './session/tokens';

/** What differs from city to city and is known before the server starts. */
export interface CityData {
  townName: string;
  /** Starts case numbers. */
  casePrefix: string;
  personas: Omit<Persona, 'name' | 'surname' | 'callName'>[];
  knowledge: { articles: { id: string; fields: ArticleFields }[]; synonyms: SynonymGroup[] };
  /** How people of this city write and speak, besides what everybody does. */
  speech?: Speech;
}

export interface ModuleDeps {
  db: Connection;
  clock: Clock;
  secrets: Secrets;
  demo: boolean;
  city: CityData;
  isOnline(personId: string): boolean;
  /** Asks a large model where the understanding abstains. Off when absent. */
  consult?: Consult;
  /** What the understanding has learnt before this city taught it anything. */
  shipped: UnderstandingModels;
  trainer: Trainer;
  log: Logger;
}

/** Wires the modules. The order is the direction of their dependencies. */
export const buildModules = (deps: ModuleDeps) => {
  const { db, clock, secrets, demo, city } = deps;
  const cards = new CardRegistry();
  const fields = createFieldCrypto(secrets.fieldKey);
  const directoryModels = defineDirectory(db);
  const directory = new DirectoryService({ db, models: directoryModels, clock, fields });
  const files = new FileService({ db, clock, key: secrets.tokenKey });

  const conversationModels = defineConversations(db);
  const conversations = new ConversationService({
    models: conversationModels,
    threads: new Threads(db, conversationModels, clock),
    directory,
    files,
    cards,
  });
  const householdThreads = new HouseholdThreads(conversations, directory);

  const knowledge = buildKnowledge({
    db,
    clock,
    synonyms: city.knowledge.synonyms,
    wits: witsOf(deps.shipped),
    ...(city.speech ? { speech: city.speech } : {}),
    directory,
    services: () => services,
  });
  const { understander } = knowledge;
  conversations.setScreen((text, personId) => eyesFor(understander, text, personId, clock));

  const caseModels = defineCases(db);
  const workloads = new Workloads(caseModels.workloads);
  const router = new CaseRouter(directory, workloads, clock);
  const numbers = new CaseNumbers(caseModels.counters, clock, city.casePrefix);
  const cases = new CaseService({
    models: caseModels,
    directory,
    files,
    numbers,
    router,
    workloads,
    joiner: new EventJoiner(caseModels),
    clock,
  });
  cases.registerCards(cards);
  const learning = new LearningService({
    db,
    models: defineLearning(db),
    lessons: new CaseLessons(caseModels),
    trainer: deps.trainer,
    shipped: deps.shipped.categories,
    decideWith: (categories) => understander.decideWith(witsOf({ ...deps.shipped, categories })),
    clock,
    log: deps.log,
  });
  const tidings = new Tidings({ db, models: caseModels, conversations, clock });
  const steps = new CaseSteps({
    db,
    models: caseModels,
    cases,
    router,
    workloads,
    conversations,
    directory,
    files,
    effects: new EventEffects({ models: caseModels, workloads, tidings }),
    tidings,
    clock,
  });
  const lists = new CaseLists({ models: caseModels, cases, clock });
  const reports = new StaffReports({
    db,
    cases,
    directory,
    files,
    conversations,
    understander,
    clock,
  });

  const serviceModels = defineServices(db);
  const services: ServiceService = new ServiceService({ models: serviceModels, cards });
  const bookings = new BookingService({
    models: defineBookings(db),
    clock,
    directory,
    conversations,
    services,
    cards,
  });
  const help = new HelpService({ models: defineHelp(db), clock, directory, conversations, cards });

  const sessions = new SessionService({
    sessions: defineSessions(db),
    tokens: new Tokens(secrets.tokenKey, clock),
    directory,
    clock,
    demo,
    personas: city.personas,
    isOnline: (personId) => deps.isOnline(personId),
  });
  const inbox = new InboxService({ directory, conversations, cases, clock });
  const desk = new DeskService(new CaseFigures(caseModels), directory, clock);
  const roster = new RosterService({
    db,
    models: directoryModels,
    directory,
    clock,
    loads: (ids) => workloads.of(ids),
  });
  const importer = new Importer({
    db,
    models: directoryModels,
    directory,
    fields,
    afterImport: () => householdThreads.refreshAll(),
  });

  const landmarks = new LandmarkService({
    db,
    models: directoryModels,
    directory,
    clock,
    afterChange: () => understander.refresh(),
  });

  files.guard((fileId, personId) => conversations.guardsFile(fileId, personId));
  files.guard(async (fileId, personId) =>
    cases.guardsFile(fileId, await sessions.viewerOf(personId, '')),
  );

  const outcomes = new Outcomes({
    conversations,
    directory,
    cases,
    caseModels,
    help,
    understander,
    consult: deps.consult ?? noSecondOpinion,
    questions: knowledge.questions,
    clock,
  });

  const routes = (
    onTyping: (conversationId: string, viewer: Viewer) => void,
  ): Implementations[] => [
    sessionRoutes(sessions, directory, () => Promise.resolve(city.townName)),
    conversationRoutes(conversations, onTyping),
    fileRoutes(files),
    caseRoutes({
      cases,
      lists,
      steps,
      reports,
      conversations,
      directory,
      files,
      workloads,
      events: new EventViews(caseModels),
    }),
    serviceRoutes(services),
    bookingRoutes(bookings),
    helpRoutes(help, directory),
    inboxRoutes(inbox),
    deskRoutes(desk),
    directoryRoutes(roster, importer, landmarks),
    learningRoutes(learning),
    articleRoutes(knowledge),
  ];

  return {
    cards,
    fields,
    directory,
    directoryModels,
    conversations,
    conversationModels,
    householdThreads,
    files,
    cases,
    caseModels,
    tidings,
    caseRouter: router,
    services,
    bookings,
    help,
    sessions,
    importer,
    outcomes,
    understander,
    learning,
    articles: knowledge.articles,
    routes,
  };
};

export type Modules = ReturnType<typeof buildModules>;

/**
 * Words that only their speaker may read back in a thread that others share: a complaint about
 * somebody who serves (the chief reads the thread), and cries for help that the house must not see.
 */
const eyesFor = (
  understander: Understander,
  text: string,
  personId: string,
  clock: Clock,
): string[] | undefined => {
  const { matters } = understander.understand({
    text,
    hasPhoto: false,
    hasVoice: false,
    hasLocation: false,
    openCases: [],
    reporter: { elder: false },
    now: clock.now(),
  });
  return matters.some((m) => m.confidential) ? [personId] : undefined;
};
