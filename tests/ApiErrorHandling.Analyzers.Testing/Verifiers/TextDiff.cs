using System.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Shows how one text differs from another, line by line.</summary>
internal static class TextDiff
{
    /// <summary>The lines of both texts in their order: <c>-</c> expected only, <c>+</c> actual only.</summary>
    public static string Compare(string expected, string actual)
    {
        var (old, now) = (Lines(expected), Lines(actual));
        var common = CommonTails(old, now);
        var diff = new StringBuilder();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                diff.Append("  ").Append(old[i++]).AppendLine();
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                diff.Append("- ").Append(old[i++]).AppendLine();
            }
            else
            {
                diff.Append("+ ").Append(now[j++]).AppendLine();
            }
        }

        return diff.ToString();
    }

    // A carriage return is shown, for a text that differs in nothing else would look the same.
    private static string[] Lines(string text) => text.Replace("\r", "<CR>").Split('\n');

    /// <summary>The length of the longest common subsequence from line i of one and line j of the other.</summary>
    private static int[,] CommonTails(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
