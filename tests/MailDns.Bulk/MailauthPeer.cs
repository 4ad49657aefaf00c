using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using MailDns.TestSupport.Corpus;

namespace MailDns.Bulk;

/// <summary>mailauth from npm, if there is a Node to run it.</summary>
internal static class MailauthPeer
{
    private const string Version = "7.1.0";

    /// <summary>Where the package is installed; null where there is no npm, and a line says so.</summary>
    public static async Task<string?> InstallAsync()
    {
        string folder = Path.Combine(Path.GetTempPath(), "maildns-peers-mailauth-" + Version);
        if (Directory.Exists(Path.Combine(folder, "node_modules", "mailauth")))
            return folder;
        Directory.CreateDirectory(folder);
        try
        {
            await ChildProcess.RunAsync(ChildProcess.Start("npm", "install", "--no-save", "--no-package-lock", "--ignore-scripts", "--prefix", folder, "mailauth@" + Version));
            return folder;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync("mailauth is left out: " + e.Message);
            return null;
        }
    }

    public static Task<RunResult> RunAsync(string folder, string server, int count, int limit, string verdictFile) =>
        ChildProcess.RunAsync<RunResult>(ChildProcess.Start(
            "node",
            Path.Combine(AppContext.BaseDirectory, "peers", "mailauth.js"),
            folder,
            server,
            count.ToString(CultureInfo.InvariantCulture),
            limit.ToString(CultureInfo.InvariantCulture),
            SendingCorpus.Client,
            SendingCorpus.Selector,
            verdictFile));
}
