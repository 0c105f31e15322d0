'use strict';
// The trace types Serval draws (scatter is part of the core) and the French words for dates.
const Plotly = require('plotly.js/lib/core');
Plotly.register([
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/scattermap'),
  require('plotly.js/lib/locales/fr'),
]);
module.exports = Plotly;
