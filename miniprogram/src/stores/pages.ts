/** Addresses of all pages, and what they take. */
export const pages = {
  login: '/pages/login/index',
  /** conversation? (own household's without it) */
  chat: '/pages/chat/index',
  services: '/pages/services/index',
  matters: '/pages/matters/index',
  me: '/pages/me/index',
  /** id */
  case: '/packages/case/detail/index',
  /** id */
  rate: '/packages/case/rate/index',
  /** id */
  service: '/packages/service/detail/index',
  /** id of the service; booking? when it is to be moved */
  slots: '/packages/service/slots/index',
  /** id */
  booking: '/packages/service/booking/index',
  inbox: '/packages/chief/inbox/index',
  household: '/packages/chief/household/index',
  landmarks: '/packages/chief/landmarks/index',
  queue: '/packages/grid/queue/index',
  helpList: '/packages/volunteer/list/index',
  /** id */
  help: '/packages/volunteer/help/index',
  desk: '/packages/centre/desk/index',
  learning: '/packages/centre/learning/index',
  /** id */
  article: '/packages/knowledge/article/index',
  articles: '/packages/knowledge/list/index',
  /** id */
  articleReview: '/packages/knowledge/review/index',
  /** id */
  articleEdit: '/packages/knowledge/edit/index',
} as const;
