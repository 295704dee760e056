-- One request after the other of a file, each once: «signature<TAB>body» a line. The figures as JSON.
local requests = {}
local at = 0

function init(arguments)
  local path = arguments[1]
  for line in io.lines(arguments[2]) do
    local signature, body = line:match("^([^\t]*)\t(.*)$")
    local headers = { ["Content-Type"] = "application/json" }
    if signature ~= "" then headers["X-Hub-Signature-256"] = signature end
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  io.write(string.format(
    '\nJSON{"requests":%d,"seconds":%.6f,"refused":%d,"broken":%d,"p50_us":%d,"p99_us":%d}\n', summary.requests,
    summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
