// Cells of comma-separated files.
#include "bot/server/commands/csv.h"

#include <gtest/gtest.h>

namespace svar::server {
namespace {

TEST(CsvCell, IsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(csv_cell("Kari Nordås"), "Kari Nordås");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("Osterøy, Vaksdal"), "\"Osterøy, Vaksdal\"");
  EXPECT_EQ(csv_cell("sa \"hei\""), "\"sa \"\"hei\"\"\"");
  EXPECT_EQ(csv_cell("to\nliner"), "\"to\nliner\"");
}

TEST(CsvCell, IsNeverAFormula) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+4799999999"), "'+4799999999");
  EXPECT_EQ(csv_cell("-2"), "'-2");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("  =HYPERLINK(\"x\")"), "\"'  =HYPERLINK(\"\"x\"\")\"");
  EXPECT_EQ(csv_cell("agent:gulen"), "agent:gulen");
}

}  // namespace
}  // namespace svar::server
