-- What a person does in Neovim, without one: it opens a file, waits for its diagnostics, asks for help, applies the first fix and
-- waits again. The result is written as JSON. It runs in Debian's 0.7 and in newer versions.
local server = vim.fn.json_decode(vim.env.FAIRLEAD_SERVER)
local file, result_file = vim.env.FAIRLEAD_FILE, vim.env.FAIRLEAD_RESULT
local result = { version = tostring(vim.version().major) .. "." .. tostring(vim.version().minor) }

local function wait(what, done)
  if not vim.wait(20000, done, 20) then
    error("waited in vain for " .. what)
  end
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function shown()
  local all = {}
  for _, one in ipairs(diagnostics()) do
    table.insert(all, { line = one.lnum + 1, column = one.col + 1, code = one.code, message = one.message })
  end
  return all
end

local function ask(client, method, params)
  local answer = client.request_sync(method, params, 20000, 0)
  if answer == nil or answer.err ~= nil then
    error(method .. ": " .. vim.inspect(answer))
  end
  return answer.result
end

local function run()
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  local id = vim.lsp.start_client({ name = "fairlead", cmd = server, root_dir = vim.fn.fnamemodify(file, ":h") })
  vim.lsp.buf_attach_client(0, id)
  local client = vim.lsp.get_client_by_id(id)
  wait("the diagnostics", function()
    return #diagnostics() > 0
  end)
  result.before = shown()

  vim.fn.search("ports:")
  local help = ask(client, "textDocument/hover", vim.lsp.util.make_position_params(0, client.offset_encoding))
  result.hover = help.contents.value

  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {}, only = { "source.fixAll" } }
  local action = ask(client, "textDocument/codeAction", params)[1]
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  wait("fewer diagnostics", function()
    return #diagnostics() < #result.before
  end)
  result.after = shown()
  result.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
  client.stop()
  wait("the end of the server", function()
    return client.is_stopped()
  end)
end

local ok, problem = pcall(run)
if not ok then
  result.problem = tostring(problem)
end
vim.fn.writefile({ vim.fn.json_encode(result) }, result_file)
vim.cmd("qall!")
