// One thread at a time, in an order and at a time of day drawn from a seed: what a program of
// several threads does can be repeated.
//
// Threads wait in line wherever they lock, wait, start, end, or call pause(); who goes on is drawn.
// The steady clock stands still while anybody can go on, and then jumps to the next deadline, so
// that waiting costs nothing. Linking turns.cpp into a program replaces the C library's locks,
// condition variables, threads and steady clock (SQLite's and the standard library's own calls too)
// for the whole program: for programs that prove something, and not under a sanitizer, which
// replaces them as well.
//
// A program in which all wait and nothing has a deadline is ended with a message.
#pragma once

#include <chrono>
#include <cstdint>

namespace svar::proofs {

class Turns {
 public:
  // From here on. Called by the program's first thread, while there is no other.
  static void begin(std::uint64_t seed);

  // Perhaps others go on first.
  static void pause();
  // Time passes, and perhaps others go on first.
  static void sleep(std::chrono::microseconds time);

  // A number that two runs share only when every turn was the same.
  static std::uint64_t fingerprint();
};

}  // namespace svar::proofs
