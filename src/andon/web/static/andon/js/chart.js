// Filled in below.
export const upgradeCharts = () => {};
