// Written by `python -m serval.figures.style`; a test compares it with the palette.
"use strict";
(window.serval = window.serval || {}).palette = {
 "themes": {
  "light": {
   "paper": "#FBF8F1",
   "ink": "#211D18",
   "soft": "#665C4F",
   "rule": "#DDD3C2",
   "accent": "#9A3B12",
   "sides": {
    "intervention_coalition": "#1D3B98",
    "malian_state": "#1F7A58",
    "jihadist": "#54110F",
    "tuareg_nationalist": "#D3711A",
    "arab_movement": "#AD3F79",
    "self_defence": "#62670F",
    "international": "#3592CB",
    "mediator": "#764FC0",
    "civilian": "#454852",
    "unknown": "#88837A"
   },
   "tints": {
    "intervention_coalition": "#CACEDD",
    "malian_state": "#CBDCCF",
    "jihadist": "#D6C5BF",
    "tuareg_nationalist": "#F2DAC2",
    "arab_movement": "#EACFD7",
    "self_defence": "#D9D8BF",
    "international": "#CFE2E9",
    "mediator": "#DED3E6",
    "civilian": "#D3D1CE",
    "unknown": "#E2DED7"
   },
   "on": {
    "intervention_coalition": "#FBF8F1",
    "malian_state": "#FBF8F1",
    "jihadist": "#FBF8F1",
    "tuareg_nationalist": "#211D18",
    "arab_movement": "#FBF8F1",
    "self_defence": "#FBF8F1",
    "international": "#211D18",
    "mediator": "#FBF8F1",
    "civilian": "#FBF8F1",
    "unknown": "#000000"
   }
  },
  "dark": {
   "paper": "#191815",
   "ink": "#F1ECE2",
   "soft": "#B0A798",
   "rule": "#3B3832",
   "accent": "#F0A36B",
   "sides": {
    "intervention_coalition": "#4F82F2",
    "malian_state": "#2FBB92",
    "jihadist": "#D6452B",
    "tuareg_nationalist": "#F8A81C",
    "arab_movement": "#BF7DAA",
    "self_defence": "#E3DD90",
    "international": "#B9E3F6",
    "mediator": "#C595EC",
    "civilian": "#CBD6CE",
    "unknown": "#807C76"
   },
   "tints": {
    "intervention_coalition": "#252F46",
    "malian_state": "#1E3C31",
    "jihadist": "#43221A",
    "tuareg_nationalist": "#4A3817",
    "arab_movement": "#3E2E36",
    "self_defence": "#454330",
    "international": "#3C4547",
    "mediator": "#3F3444",
    "civilian": "#40423E",
    "unknown": "#302E2A"
   },
   "on": {
    "intervention_coalition": "#191815",
    "malian_state": "#191815",
    "jihadist": "#000000",
    "tuareg_nationalist": "#191815",
    "arab_movement": "#191815",
    "self_defence": "#191815",
    "international": "#191815",
    "mediator": "#191815",
    "civilian": "#191815",
    "unknown": "#000000"
   }
  }
 },
 "shapes": [
  "flag",
  "diamond",
  "star",
  "triangle",
  "chevron",
  "square",
  "circle",
  "hexagon"
 ],
 "fills": [
  "confirmed",
  "reported",
  "disputed"
 ],
 "families": {
  "control": "flag",
  "ground": "diamond",
  "fire": "star",
  "attack": "triangle",
  "movement": "chevron",
  "politics": "square",
  "people": "circle",
  "other": "hexagon"
 }
};
