import Taro from '@tarojs/taro';
import { isH5 } from './target';

/**
 * Files that must outlive the page: a picture taken offline is sent after the program was closed and opened.
 * WeChat keeps a copy in its own folder; browsers keep the bytes in IndexedDB, named `kept:<key>`.
 */
const scheme = 'kept:';

/** Keeps a local file; answers the path to remember (the same one when keeping is not possible). */
export async function keepFile(path: string, key: string): Promise<string> {
  try {
    if (!isH5) {
      const saved = await Taro.saveFile({ tempFilePath: path });
      return 'savedFilePath' in saved ? saved.savedFilePath : path;
    }
    const bytes = await (await fetch(path)).blob();
    await inStore('readwrite', (store) => store.put(bytes, key));
    return scheme + key;
  } catch {
    return path;
  }
}

/** A path that can be shown and uploaded now; undefined when the file is gone. */
export async function openKept(path: string): Promise<string | undefined> {
  if (!isH5 || !path.startsWith(scheme)) return path;
  try {
    const bytes = await inStore('readonly', (store) => store.get(path.slice(scheme.length)));
    return bytes instanceof Blob ? URL.createObjectURL(bytes) : undefined;
  } catch {
    return undefined;
  }
}

export function dropKept(path: string): void {
  if (!isH5) {
    Promise.resolve(Taro.removeSavedFile({ filePath: path })).catch(() => undefined);
  } else if (path.startsWith(scheme)) {
    inStore('readwrite', (store) => store.delete(path.slice(scheme.length))).catch(() => undefined);
  }
}

const storeName = 'files';

function inStore(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('alley-chief', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onerror = () => reject(new Error('no store'));
    opening.onsuccess = () => {
      const request = work(opening.result.transaction(storeName, mode).objectStore(storeName));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('store refused'));
    };
  });
}
