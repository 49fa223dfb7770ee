/** Addresses of the pages staff and volunteers go between. */
export const pages = {
  inbox: '/packages/chief/inbox/index',
  household: '/packages/chief/household/index',
  queue: '/packages/grid/queue/index',
  helpList: '/packages/volunteer/list/index',
  help: '/packages/volunteer/help/index',
  desk: '/packages/centre/desk/index',
  case: '/packages/case/index',
  chat: '/pages/chat/index',
  me: '/pages/me/index',
} as const;
