# Farrington flexible and EARS by surveillance: Rscript outbreaks.R FOLDER REPEAT
# Reads weekly.csv and daily.csv (one column a series) from FOLDER; writes data, bounds, alarms and seconds there.
suppressMessages(library(surveillance))
asked <- commandArgs(trailingOnly = TRUE)
setwd(asked[1])
times <- as.integer(asked[2])
said <- NULL

put <- function(table, file) write.table(table, file, sep = ",", row.names = FALSE, col.names = FALSE, na = "nan")

run <- function(name, data, method, control) {
  gc(reset = TRUE)
  seconds <- Inf
  for (i in seq_len(times)) {
    took <- system.time(found <- suppressWarnings(method(data, control)))[["elapsed"]]
    seconds <- min(seconds, took)
  }
  put(upperbound(found), paste0(name, "-upper.csv"))
  put(1 * (alarms(found) & !is.na(alarms(found))), paste0(name, "-alarm.csv"))
  said <<- rbind(said, data.frame(name, seconds, megabytes = sum(gc()[, 6])))
}

flexible <- function(range, ...) list(range = range, w = 3, glmWarnings = FALSE, ...)

data("salmonella.agona")
agona <- disProg2sts(salmonella.agona)
put(observed(agona), "agona.csv")
run("agona-1", agona, farringtonFlexible, flexible(282:312, b = 4, noPeriods = 1, weightsThreshold = 1,
  pastWeeksNotIncluded = 3, pThresholdTrend = 0.05, alpha = 0.1))
run("agona-2", agona, farringtonFlexible, flexible(282:312, b = 4, noPeriods = 10, pastWeeksNotIncluded = 26,
  pThresholdTrend = 1, alpha = 0.1))

data("campyDE")
put(campyDE$case, "campy.csv")
campy <- sts(observed = campyDE$case, epoch = as.numeric(campyDE$date), epochAsDate = TRUE, frequency = 52)
run("campy", campy, farringtonFlexible, flexible(471:522, b = 4, noPeriods = 10, pastWeeksNotIncluded = 26,
  pThresholdTrend = 1, alpha = 0.05, thresholdMethod = "nbPlugin"))

weekly <- as.matrix(read.csv("weekly.csv", header = FALSE))
last <- nrow(weekly)
run("weekly", sts(observed = weekly, frequency = 52), farringtonFlexible, flexible((last - 30):last, b = 5,
  noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1, alpha = 0.01, thresholdMethod = "nbPlugin"))

daily <- as.matrix(read.csv("daily.csv", header = FALSE))
for (kind in c("C1", "C2", "C3"))
  run(kind, sts(observed = daily, frequency = 365), earsC, list(method = kind, range = 12:nrow(daily)))

write.csv(said, "said.csv", row.names = FALSE)
