/** Build-time globals and asset modules the bundler understands. */
declare module '*.scss';
declare module '*.svg' {
  const url: string;
  export default url;
}
declare module '*.png' {
  const url: string;
  export default url;
}

declare const process: {
  env: {
    /** Which target this bundle was built for; replaced at build time, so dead branches vanish. */
    TARO_ENV: 'weapp' | 'h5';
    NODE_ENV: 'development' | 'production';
    [name: string]: string | undefined;
  };
};
