#define _GNU_SOURCE
#include "options.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char USAGE[] =
    "usage: simulated_board --firmware ELF [--deck] [--feed FILE|-] [--hold] [--fast] [--right]\n"
    "         [--id TEXT] [--link PATH] [--epoch S] [--seconds S] [--ppm N] [--pulses HZ]\n"
    "         [--cpu-hz HZ] [--spoil-every N]\n";

static const struct option NAMES[] = {
    {"firmware", required_argument, NULL, 'f'}, {"deck", no_argument, NULL, 'd'},
    {"feed", required_argument, NULL, 'i'},     {"hold", no_argument, NULL, 'h'},
    {"fast", no_argument, NULL, 'm'},           {"right", no_argument, NULL, 'r'},
    {"id", required_argument, NULL, 'n'},       {"link", required_argument, NULL, 'l'},
    {"epoch", required_argument, NULL, 'e'},    {"seconds", required_argument, NULL, 's'},
    {"ppm", required_argument, NULL, 'p'},      {"pulses", required_argument, NULL, 'b'},
    {"cpu-hz", required_argument, NULL, 'c'},   {"spoil-every", required_argument, NULL, 'x'},
    {0}};

Options parse_options(int count, char **words)
{
  Options options = {.epoch_s = NAN, .seconds = INFINITY, .cpu_hz = 16000000};
  int name;
  while ((name = getopt_long(count, words, "", NAMES, NULL)) != -1) {
    switch (name) {
    case 'f': options.firmware = optarg; break;
    case 'd': options.deck = true; break;
    case 'i': options.feed = optarg; break;
    case 'h': options.hold = true; break;
    case 'm': options.fast = true; break;
    case 'r': options.right = true; break;
    case 'n': options.id = optarg; break;
    case 'l': options.link = optarg; break;
    case 'e': options.epoch_s = atof(optarg); break;
    case 's': options.seconds = atof(optarg); break;
    case 'p': options.ppm = atof(optarg); break;
    case 'b': options.pulse_hz = atof(optarg); break;
    case 'c': options.cpu_hz = atol(optarg); break;
    case 'x': options.spoil_every = (unsigned)atoi(optarg); break;
    default: fputs(USAGE, stderr); exit(2);
    }
  }
  if (!options.firmware || optind < count) {
    fputs(USAGE, stderr);
    exit(2);
  }
  return options;
}
