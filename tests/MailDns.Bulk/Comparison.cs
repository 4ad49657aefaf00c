using System;
using System.Threading.Tasks;

namespace MailDns.Bulk;

internal static class Comparison
{
    public static Task<int> RunAsync(string[] args) => throw new NotSupportedException(args.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
